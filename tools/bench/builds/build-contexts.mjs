import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnv } from '../ingestion/git-env.mjs';

/**
 * A repository whose build takes some seconds of work: two stages, a thousand files, a step that computes and writes.
 * The same at each run, and nothing in it needs a network.
 * @param {string} folder @returns {string} its path
 */
export function makeTypical(folder) {
  const files = {
    Dockerfile: [
      'FROM node:20-slim AS build',
      'WORKDIR /src',
      'COPY package.json .',
      // What an installation does: many small files.
      `RUN node -e "const fs=require('fs');for(let i=0;i<4000;i++){fs.mkdirSync('node_modules/p'+i,{recursive:true});fs.writeFileSync('node_modules/p'+i+'/index.js','module.exports='+i+';'.repeat(800))}"`,
      'COPY . .',
      // What a bundler does: it reads all, and computes.
      `RUN node -e "const fs=require('fs'),c=require('crypto');let out='';for(const f of fs.readdirSync('src')){const t=fs.readFileSync('src/'+f);let h=t;for(let i=0;i<150;i++)h=c.createHash('sha512').update(h).update(t).digest();out+=h.toString('hex')}fs.mkdirSync('dist');fs.writeFileSync('dist/app.js',out);console.log('bundled',out.length)"`,
      'FROM node:20-slim',
      'WORKDIR /app',
      'COPY --from=build /src/node_modules node_modules',
      'COPY --from=build /src/dist dist',
      'USER node',
      'EXPOSE 3000',
      'CMD ["node", "dist/app.js"]',
    ],
    'package.json': ['{ "name": "typical" }'],
    '.dockerignore': ['*.md'],
    'README.md': ['# Typical'],
  };
  for (let file = 0; file < 1000; file++) Object.assign(files, { [`src/module-${file}.js`]: Array.from({ length: 150 }, (_, line) => `export const value${line} = ${file * line} + ${JSON.stringify('x'.repeat(60))};`) });
  return commit(join(folder, 'typical'), files);
}

/** One whose build is over at once: what remains is what the hub adds. @param {string} folder @returns {string} its path */
export function makeTiny(folder) {
  return commit(join(folder, 'tiny'), { Dockerfile: ['FROM busybox:latest', 'COPY . /www', 'EXPOSE 8080', 'CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]'], 'index.html': ['<h1>Tiny</h1>'] });
}

/**
 * One whose build prints a lot: numbered lines of 100 bytes.
 * @param {string} folder @param {number} bytes @returns {string} its path
 */
export function makeLoud(folder, bytes) {
  const program = [`const line = 'x'.repeat(89);`, `let at = 0;`, `const more = () => { let text = ''; for (let i = 0; i < 1000 && at < ${Math.round(bytes / 100)}; i++) text += String(++at).padStart(9, '0') + ' ' + line + '\\n'; if (text) process.stdout.write(text, more); };`, 'more();'];
  return commit(join(folder, 'loud'), { Dockerfile: ['FROM node:20-slim', 'COPY print.js .', 'RUN node print.js', 'CMD ["node"]'], 'print.js': program });
}

/**
 * One whose build tells the time, at a steady pace: as `tick <milliseconds since the epoch>`.
 * @param {string} folder @param {{ everyMs: number, seconds: number }} pace @returns {string} its path
 */
export function makeTicking(folder, { everyMs, seconds }) {
  const program = [`let left = ${Math.round((seconds * 1000) / everyMs)};`, `const tick = () => { console.log('tick ' + (performance.timeOrigin + performance.now()).toFixed(3)); if (--left === 0) clearInterval(timer); };`, `const timer = setInterval(tick, ${everyMs});`];
  return commit(join(folder, 'ticking'), { Dockerfile: ['FROM node:20-slim', 'COPY tick.js .', 'RUN node tick.js', 'CMD ["node"]'], 'tick.js': program });
}

/** @param {string} path @param {Record<string, string[]>} files lines */
function commit(path, files) {
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), `${lines.join('\n')}\n`);
  }
  for (const args of [['init', '--quiet', '--initial-branch=main'], ['add', '.'], ['commit', '--quiet', '-m', 'x']]) execFileSync('git', args, { cwd: path, env: gitEnv });
  return path;
}
