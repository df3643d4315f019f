/** `npm start`: the whole hub on this machine. See docs/operations.md. */
import { checkNode } from './launcher/node-version.mjs';
import { complain } from './launcher/console.mjs';

try {
  checkNode();
  const { runHub } = await import('./launcher/run-hub.mjs');
  await runHub(process.env, { verbose: process.argv.includes('--verbose') });
} catch (error) {
  process.exit(complain(error));
}
