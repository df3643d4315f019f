import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { licenceReader } from './licence.reader';
import type { Reading } from './reader';

const MIT = 'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software …\nThe above copyright notice and this permission notice …\nTHE SOFTWARE IS PROVIDED "AS IS"';
const APACHE = 'Apache License\nVersion 2.0, January 2004';
const GPL = 'GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007';
const manifest = (license: string) => JSON.stringify({ name: 'x', license });
const read = (texts: Record<string, string>, dockerfilePath = 'Dockerfile') => {
  const repository = repositoryOf(Object.keys(texts), { dockerfilePath });
  const { tags = [] } = licenceReader.read(contentsOf(texts), repository) as Reading;
  return tags.map(({ key, value, from }) => `${key}:${value} ${from}`);
};

describe('the reader of licences', () => {
  it('wants licences, manifests, and files that may name one', () => {
    const paths = ['LICENSE', 'licence.md', 'COPYING', 'license.go', 'LICENSE.png', 'src/LICENSE', 'package.json', 'main.py', 'Dockerfile'];
    expect(licenceReader.wants(repositoryOf(paths), new Map())).toEqual(['LICENSE', 'licence.md', 'COPYING', 'package.json', 'Dockerfile', 'license.go', 'main.py']);
  });
  it('takes the text of a licence', () => {
    expect(read({ LICENSE: MIT })).toEqual(['license:MIT LICENSE (its text)']);
    expect(read({ LICENSE: MIT, 'package.json': manifest('MIT') })).toEqual(['license:MIT LICENSE (its text)']);
  });
  it('takes the manifest where there is no text, or one that is not known', () => {
    expect(read({ 'package.json': manifest('Apache 2.0') })).toEqual(['license:Apache-2.0 package.json#license']);
    expect(read({ LICENSE: 'Ask me.', 'package.json': manifest('ISC') })).toEqual(['license:ISC package.json#license']);
  });
  it('takes the text where they differ, and says so', () => {
    expect(read({ LICENSE: GPL, 'package.json': manifest('ISC') })).toEqual(['license:GPL-3.0-only LICENSE (its text) (although package.json#license says ISC)']);
  });
  it('takes the manifest where it says the same more exactly', () => {
    expect(read({ LICENSE: GPL, 'package.json': manifest('GPL-3.0-or-later') })).toEqual(['license:GPL-3.0-or-later package.json#license']);
    expect(read({ LICENSE: MIT, 'package.json': manifest('MIT OR Apache-2.0') })).toEqual(['license:MIT package.json#license', 'license:Apache-2.0 package.json#license']);
  });
  it('hears that later versions count from README and source files', () => {
    expect(read({ COPYING: GPL, 'README.md': 'Under GPL-3.0-or-later.' })).toEqual(['license:GPL-3.0-or-later COPYING (its text), README.md']);
    expect(read({ COPYING: GPL, 'style.css': '/*\nLicense: GPL-2.0-or-later\n*/' })).toEqual(['license:GPL-3.0-only COPYING (its text)']);
  });
  it('takes several texts', () => {
    expect(read({ 'LICENSE-MIT': MIT, 'LICENSE-APACHE': APACHE })).toEqual(['license:MIT LICENSE-MIT, LICENSE-APACHE (its text)', 'license:Apache-2.0 LICENSE-MIT, LICENSE-APACHE (its text)']);
    expect(read({ COPYING: GPL, 'COPYING.LESSER': 'GNU LESSER GENERAL PUBLIC LICENSE Version 3' })).toEqual(['license:LGPL-3.0-only COPYING, COPYING.LESSER (its text)']);
  });
  it('takes the line of a source file last', () => {
    expect(read({ 'main.py': '# SPDX-License-Identifier: EUPL-1.2\n' })).toEqual(['license:EUPL-1.2 main.py#SPDX-License-Identifier']);
    expect(read({ LICENSE: 'SPDX-License-Identifier: 0BSD\n' })).toEqual(['license:0BSD LICENSE (its text)']);
  });
  it('looks beside the Dockerfile where the root has none', () => {
    expect(read({ 'app/LICENSE': MIT, 'other/LICENSE': GPL }, 'app/Dockerfile')).toEqual(['license:MIT app/LICENSE (its text)']);
  });
  it('says nothing where nothing is said', () => {
    expect(read({ 'package.json': manifest('UNLICENSED'), 'README.md': 'MIT' })).toEqual([]);
    expect(read({ 'package.json': '{"license": {"__proto__": {"type": "MIT"}}}' })).toEqual([]);
  });
});
