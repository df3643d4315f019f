import { get } from 'node:http';

/**
 * Asks a service whether it is ready.
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<{ ready: boolean, detail: string }>} `detail`: what it waits for, where it says so
 */
export function readiness(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const outgoing = get({ port, host, path: '/readyz', timeout: 2000 }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk) => (text += chunk));
      incoming.on('end', () => done({ ready: incoming.statusCode === 200, detail: text.slice(0, 500) }));
      incoming.on('error', () => done({ ready: false, detail: '' }));
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => done({ ready: false, detail: '' }));
  });
}
