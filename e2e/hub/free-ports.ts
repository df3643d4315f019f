import { createServer } from 'node:net';

/** The gateway's port, and what the other services add to it. */
const OFFSETS = [0, 101, 102, 103, 104, 105];

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @returns a port for `PORT` such that all six ports of a hub are free */
export async function freeHubPort(): Promise<number> {
  const first = Number(process.env.E2E_PORT ?? 20_000 + Math.floor(Math.random() * 20_000));
  for (let port = first; port < first + 90; port++) {
    const free = await Promise.all(OFFSETS.map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
  throw new Error(`no six free ports from ${first}`);
}

/** Which of a hub's ports something still listens on. */
export async function listening(port: number): Promise<number[]> {
  const free = await Promise.all(OFFSETS.map((offset) => isFree(port + offset)));
  return OFFSETS.filter((_, index) => !free[index]).map((offset) => port + offset);
}
