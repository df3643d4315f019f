/**
 * `node tools/repair-lock.mjs`: puts the optional packages of other platforms back into package-lock.json.
 *
 * A registry that holds only this platform's binaries makes `npm install` leave the others out of the lock, and then
 * `npm ci` fails everywhere with "Missing: @swc/core-darwin-arm64@ from lock file". Run it after adding a dependency.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './launcher/paths.mjs';
import { missingOptional } from './launcher/lock-file.mjs';

const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const missing = missingOptional(lock.packages);
for (const [name, entry] of missing) lock.packages[name] = entry;
// npm keeps the entries sorted; so the next npm install leaves them where they are.
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
if (missing.length > 0) writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(`${missing.length} optional packages of other platforms added to package-lock.json`);
