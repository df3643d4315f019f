import { spawn } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { gitEnv } from './git-env.mjs';

/** Of the last commit: 8,000 files of source, 36 MB, and 640 pictures of 100 KB. */
const sources = 8_000;
const pictures = 640;
const pictureBytes = 100_000;
/** Before it, each new commit replaces so many pictures: 4 MB that no delta makes smaller. */
const commits = 110;
const replaced = 40;

/** Bytes that are the same on every machine and that nothing compresses, as of a picture. @param {string} seed @param {number} length */
function noise(seed, length) {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

const words = noise('words', 6_000).toString('hex').match(/.{3,9}?(?=.)/g) ?? [];

/** Text that compresses as source does, to about a quarter. @param {number} index */
function source(index) {
  const picks = noise(`source ${index}`, 1_800);
  const lines = [];
  for (let at = 0; at + 12 < picks.length; at += 12) {
    const [a, b, c] = [picks.readUInt16LE(at), picks.readUInt16LE(at + 2), picks.readUInt16LE(at + 4)].map((pick) => words[pick % 400]);
    lines.push(`export function ${a}(${b}) { return ${b}.${c}; }`);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

const readme = '# Atlas\n\nMaps for people who walk.\n\n![Screenshot](docs/screenshot.png)\n';
const manifests = {
  'README.md': readme,
  Dockerfile: 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
  'package.json': JSON.stringify({ name: 'atlas', description: 'Maps for people who walk', dependencies: { express: '^5.0.0', react: '^19.0.0' } }),
  LICENSE: 'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n',
};

/**
 * A bare repository of some 500 MB with a last commit of some 100 MB, the same bytes on every machine, by `git fast-import`.
 * @param {string} path
 */
export async function makeBigRepository(path) {
  mkdirSync(path, { recursive: true });
  await gitWith(path, ['init', '--quiet', '--bare', '--initial-branch=main']);
  await gitWith(path, ['-c', 'core.compression=1', 'fast-import', '--quiet'], async (write) => {
    for (let commit = 0; commit < commits; commit++) {
      await write(`commit refs/heads/main\ncommitter a <a@example.com> ${1_700_000_000 + commit} +0000\ndata 1\nx\n`);
      const file = async (/** @type {string} */ name, /** @type {Buffer} */ content) => {
        await write(`M 100644 inline ${name}\ndata ${content.length}\n`);
        await write(content);
        await write('\n');
      };
      if (commit === 0) {
        for (const [name, text] of Object.entries(manifests)) await file(name, Buffer.from(text));
        for (let index = 0; index < sources; index++) await file(`src/module-${index % 200}/part-${index}.js`, source(index));
        for (let index = 0; index < pictures; index++) await file(`assets/${index}.png`, noise(`picture ${index}`, pictureBytes));
      }
      for (let index = 0; index < replaced; index++) await file(`assets/${(commit * replaced + index) % pictures}.png`, noise(`${commit} ${index}`, pictureBytes));
    }
  });
  // As hosts have it: filters allowed, and what makes them quick.
  for (const [key, value] of [['uploadpack.allowFilter', 'true'], ['uploadpack.allowAnySHA1InWant', 'true']]) await gitWith(path, ['config', key ?? '', value ?? '']);
}

/** @param {string} cwd @param {string[]} args @param {(write: (data: string | Buffer) => Promise<void>) => Promise<void>} [feed] */
async function gitWith(cwd, args, feed) {
  const child = spawn('git', args, { cwd, env: gitEnv, stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(child, 'close');
  child.stdin.on('error', () => undefined);
  if (feed) {
    await feed(async (data) => {
      if (child.exitCode === null && !child.stdin.write(data)) await Promise.race([once(child.stdin, 'drain'), ended]);
    });
  }
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${code}`);
}
