import { randomUUID } from 'node:crypto';
import { GitRepository } from './git-repository';

/** busybox's own web server, on the port that the image exposes. */
const serve = 'CMD ["httpd", "-f", "-p", "0.0.0.0:8080", "-h", "/www"]';
const page = (title: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body>
<h1>${title}</h1>
<button type="button">Count</button> <output>0</output>
<script>
  const output = document.querySelector('output');
  document.querySelector('button').onclick = () => (output.textContent = Number(output.textContent) + 1);
</script>
</body>
</html>
`;

/** A small static app that says its name and counts clicks. `tags` go into its tags.yaml. */
export function staticApp(root: string, slug: string, options: { title: string; about: string; tags?: Record<string, string>; run?: string } ): GitRepository {
  return GitRepository.of(root, slug, {
    Dockerfile: `FROM busybox:latest\nCOPY www /www\n${options.run ? `RUN ${options.run}\n` : ''}EXPOSE 8080\nUSER 1000:1000\n${serve}\n`,
    'README.md': `# ${options.title}\n\n${options.about}\n`,
    'tags.yaml': Object.entries({ kind: 'static-site', ...options.tags })
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(''),
    'www/index.html': page(options.title),
    // Without it, the engine would answer a RUN of an earlier test run from its cache.
    'www/unique.txt': randomUUID(),
  });
}

/** Repositories whose build or launch must fail in a known way. The app's name is the slug's last part. */
export const broken = {
  noDockerfile: { files: { 'README.md': '# Nothing to build\n\nOnly words.\n' }, code: 'DOCKERFILE_MISSING' },
  badDockerfile: { files: { Dockerfile: 'FORM busybox:latest\nRUN true\n' }, code: 'DOCKERFILE_INVALID' },
  missingBase: { files: { Dockerfile: 'FROM osiris.invalid/no/such-image:1\n' }, code: 'BASE_IMAGE_UNAVAILABLE' },
  missingFile: { files: { Dockerfile: 'FROM busybox:latest\nCOPY not-there /x\n' }, code: 'COPY_SOURCE_MISSING' },
  failingRun: { files: { Dockerfile: 'FROM busybox:latest\nRUN echo about to fail && exit 3\n' }, code: 'RUN_FAILED' },
  endlessRun: { files: { Dockerfile: 'FROM busybox:latest\nRUN echo going on and on && sleep 3600\n' }, code: 'BUILD_TIMEOUT' },
  silentApp: { files: { Dockerfile: 'FROM busybox:latest\nEXPOSE 8080\nCMD ["sleep", "3600"]\n' }, code: 'APP_NOT_LISTENING' },
  exitingApp: { files: { Dockerfile: 'FROM busybox:latest\nEXPOSE 8080\nCMD ["sh", "-c", "echo giving up; exit 3"]\n' }, code: 'APP_EXITED' },
  loopbackApp: {
    files: { Dockerfile: 'FROM busybox:latest\nEXPOSE 8080\nCMD ["httpd", "-f", "-p", "127.0.0.1:8080", "-h", "/etc"]\n' },
    code: 'APP_NOT_LISTENING',
  },
} satisfies Record<string, { files: Record<string, string>; code: string }>;

/** An app that tells what reached it: the request's headers and its own environment. */
export function mirrorApp(root: string, slug: string): GitRepository {
  return GitRepository.of(root, slug, {
    Dockerfile: 'FROM node:20-slim\nCOPY server.js /app/server.js\nEXPOSE 3000\nUSER 1000:1000\nCMD ["node", "/app/server.js"]\n',
    'README.md': '# Mirror\n\nAnswers with what it was sent.\n',
    'package.json': JSON.stringify({ name: 'mirror', version: '1.0.0', description: 'Answers with what it was sent', license: 'MIT' }),
    'server.js': `require('node:http').createServer((request, response) => {
  console.log('seen ' + request.url);
  if (request.url === '/env') return response.end(process.env.SECRET ? 'SECRET has ' + process.env.SECRET.length + ' characters' : 'no SECRET');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ url: request.url, headers: request.headers }));
}).listen(3000, '0.0.0.0');
`,
  });
}

/** An app that tries what it should not be able to do, and tells how far it came. */
export function probingApp(root: string, slug: string): GitRepository {
  return GitRepository.of(root, slug, {
    Dockerfile: 'FROM node:20-slim\nCOPY server.js /app/server.js\nEXPOSE 3000\nCMD ["node", "/app/server.js"]\n',
    'README.md': '# Probe\n\nLooks at the walls around it.\n',
    'server.js': `const http = require('node:http');
const net = require('node:net');
const fs = require('node:fs');
const os = require('node:os');
const dial = (host, port) => new Promise((resolve) => {
  const socket = net.connect({ host, port, timeout: 2000 });
  socket.once('connect', () => { socket.destroy(); resolve('connected'); });
  socket.once('timeout', () => { socket.destroy(); resolve('timeout'); });
  socket.once('error', (error) => resolve(error.code));
});
http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://probe');
  if (url.pathname === '/dial') return response.end(await dial(url.searchParams.get('host'), Number(url.searchParams.get('port'))));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({
    status: Object.fromEntries(fs.readFileSync('/proc/self/status', 'utf8').split('\\n').map((line) => line.split(/:\\s*/))),
    addresses: Object.values(os.networkInterfaces()).flat().filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
    devices: fs.readdirSync('/dev'),
  }));
}).listen(3000, '0.0.0.0');
`,
  });
}
