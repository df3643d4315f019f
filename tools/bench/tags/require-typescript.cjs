// What the services' sources are compiled with, as they are required: the judge of labels and its trees are part of no service.
const { transformFileSync } = require('@swc/core');
const { join } = require('node:path');
const Module = require('node:module');

const root = join(__dirname, '../../..');
const compile = (module, filename) => module._compile(transformFileSync(filename, { configFile: join(root, '.swcrc'), sourceMaps: 'inline' }).code, filename);

Module._extensions['.ts'] = compile;
