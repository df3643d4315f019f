import { identifyLicence, saysOrLater, spdxHeader } from './identify-licence';
import { licenceIds } from './licence-expression';

const MIT = `MIT License

Copyright (c) 2024 Ada Example <ada@example.org>

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:
NOTICE
THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED.`;
const NOTICE = '\nThe above copyright notice and this permission notice shall be included in all\ncopies or substantial portions of the Software.\n';
const BSD = 'Copyright (c) 2024, Ada\nAll rights reserved.\n\nRedistribution and use in source and binary forms, with or without\nmodification, are permitted provided that the following conditions are met:\n1. Redistributions of source code must retain…\n2. Redistributions in binary form must reproduce the above copyright notice…\n';
const ISC = 'Copyright 2024 Ada\n\nPermission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby granted';

describe('identifyLicence', () => {
  it.each([
    ['MIT', MIT.replace('NOTICE', NOTICE)],
    ['MIT', MIT.replace('NOTICE', NOTICE).replace('MIT License', '# The MIT License (MIT)\n\n**Copyright** © 2020–2024 A, B and C').toUpperCase()],
    ['MIT-0', MIT.replace('NOTICE', '')],
    ['JSON', MIT.replace('NOTICE', `${NOTICE}\nThe Software shall be used for Good, not Evil.`)],
    ['BSD-3-Clause', `${BSD}3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products derived from this software.`],
    ['BSD-2-Clause', BSD],
    ['BSD-4-Clause', `${BSD}3. All advertising materials mentioning features or use of this software must display…\n4. endorse or promote products`],
    ['ISC', `${ISC}, provided that the above copyright notice and this permission notice appear in all copies.`],
    ['0BSD', `${ISC}.\n\nTHE SOFTWARE IS PROVIDED "AS IS"`],
    ['Apache-2.0', '\n                                 Apache License\n                           Version 2.0, January 2004\n                        http://www.apache.org/licenses/\n\n   TERMS AND CONDITIONS'],
    ['Apache-2.0', 'Copyright 2024 Ada\n\nLicensed under the Apache License, Version 2.0 (the "License");\nyou may not use this file'],
    ['GPL-3.0-only', '                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007\n … GNU Affero General Public License, version 3 …'],
    ['GPL-2.0-only', 'GNU GENERAL PUBLIC LICENSE\nVersion 2, June 1991'],
    ['LGPL-3.0-only', 'GNU LESSER GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n supplemented by the terms of version 3 of the GNU General Public License'],
    ['LGPL-2.1-only', 'GNU LESSER GENERAL PUBLIC LICENSE\n Version 2.1, February 1999'],
    ['AGPL-3.0-only', 'GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007'],
    ['MPL-2.0', 'Mozilla Public License Version 2.0\n==================================\n\n1. Definitions'],
    ['Unlicense', 'This is free and unencumbered software released into the public domain.'],
    ['CC0-1.0', 'Creative Commons Legal Code\n\nCC0 1.0 Universal'],
    ['EUPL-1.2', 'EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016'],
    ['BSL-1.0', 'Boost Software License - Version 1.0 - August 17th, 2003'],
    ['WTFPL', 'DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE\nVersion 2, December 2004'],
    ['Zlib', "This software is provided 'as-is', without any express or implied\nwarranty.\n2. Altered source versions must be plainly marked as such"],
    ['Artistic-2.0', 'The Artistic License 2.0\n\nCopyright (c) 2000-2006, The Perl Foundation.'],
    ['EPL-2.0', 'Eclipse Public License - v 2.0'],
    ['BUSL-1.1', 'Business Source License 1.1\n\nParameters\n\nLicensor: Example Ltd.'],
    ['SSPL-1.0', 'Server Side Public License\nVERSION 1, OCTOBER 16, 2018'],
    ['Elastic-2.0', '# Elastic License 2.0\n\n## Acceptance'],
    [undefined, 'All rights reserved. Ask before you use this.'],
    [undefined, 'Commons Clause License Condition v1.0\n\nThe Software is provided … Apache License Version 2.0'],
    [undefined, `Copyright (c) 2024 Example Inc.\n\nPortions of this software are licensed as follows:\n* All content under "ee/" is licensed under "ee/LICENSE".\n* The rest under the "MIT Expat" license.\n${MIT.replace('NOTICE', NOTICE)}`],
    [undefined, `${'Our own terms go first. '.repeat(80)}\n${MIT.replace('NOTICE', NOTICE)}`],
    [undefined, ''],
    [undefined, 'x'.repeat(1_000_000)],
    [undefined, '-'.repeat(1_000_000)],
  ])('finds %s', (id, text) => {
    expect(identifyLicence(text)).toBe(id);
  });
});

describe('licenceIds', () => {
  it.each([
    ['MIT', ['MIT']], ['(MIT OR Apache-2.0)', ['MIT', 'Apache-2.0']], ['MIT/Apache-2.0', ['MIT', 'Apache-2.0']], ['MIT or Apache-2.0', ['MIT', 'Apache-2.0']], ['GPL-3.0', ['GPL-3.0-only']], ['GPL-3.0+', ['GPL-3.0-or-later']], ['GPLv3', ['GPL-3.0-only']], ['GPLv3+', ['GPL-3.0-or-later']],
    ['AGPL-3.0-or-later', ['AGPL-3.0-or-later']], ['Apache 2.0', ['Apache-2.0']], ['Apache License, Version 2.0', ['Apache-2.0']], ['The MIT License', ['MIT']], ['GPL-2.0-only WITH Classpath-exception-2.0', ['GPL-2.0-only']], ['BSD', ['BSD-2-Clause']],
    ['UNLICENSED', []], ['SEE LICENSE IN LICENSE.md', []], ['Proprietary', []], ['', []], ['constructor', []], ['__proto__', []], ['('.repeat(100), []], ['x'.repeat(1e6), []], ['Unlicense', ['Unlicense']],
  ])('of %.40s are %j', (written, ids) => {
    expect(licenceIds(written)).toEqual(ids);
  });
});

describe('spdxHeader', () => {
  it.each([
    ['// SPDX-License-Identifier: MIT\n', 'MIT'], ['#!/bin/sh\n# SPDX-License-Identifier: GPL-2.0-only OR MIT', 'GPL-2.0-only OR MIT'], ['/* \n * SPDX-License-Identifier: ISC */', 'ISC'], ['grep SPDX-License-Identifier: x', undefined], ['', undefined],
  ])('of %j is %s', (text, expression) => {
    expect(spdxHeader(text)).toBe(expression);
  });
});

describe('saysOrLater', () => {
  it.each([
    ['Licensed under AGPL-3.0-or-later.', 'AGPL-3.0-only', true],
    ['either version 3 of the License, or\n(at your option) any later version', 'GPL-3.0-only', true],
    ['either version 2.1 of the License, or (at your option) any later version', 'LGPL-2.1-only', true],
    ['either version 2 of the License, or (at your option) any later version', 'GPL-3.0-only', false],
    ['LGPL-3.0-or-later', 'GPL-3.0-only', false],
    ['GPL-3.0-or-later', 'MIT', false],
    ['GPL-3.0', 'GPL-3.0-only', false],
  ])('%j of %s: %s', (text, id, says) => {
    expect(saysOrLater(text, id)).toBe(says);
  });
});
