/** `npm test`: lint, types, unit, build, medium and end-to-end tests. See docs/operations.md. */
import { complain } from './launcher/console.mjs';
import { checkNode } from './launcher/node-version.mjs';

try {
  checkNode();
  const { runTests } = await import('./tests/run-tests.mjs');
  process.exit(await runTests(process.argv.slice(2)));
} catch (error) {
  process.exit(complain(error));
}
