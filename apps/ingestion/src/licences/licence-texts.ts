/** How the text of a licence is told, all phrases as `plainWords` gives them. */
export interface LicenceText {
  /** SPDX identifier. https://spdx.org/licenses/ */
  id: string;
  /** In the title, or in the first sentence of what has none. */
  begins: readonly string[];
  /** All of these, anywhere in the text. */
  holds?: readonly string[];
  /** None of these. */
  lacks?: readonly string[];
}

const BSD = 'redistribution and use in source and binary forms';
const ISC = 'permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted';
const ISC_WITHOUT_OR = 'permission to use copy modify and distribute this software for any purpose with or without fee is hereby granted';
const MIT = 'permission is hereby granted free of charge to any person obtaining a copy of this software';
const NOTICE = 'the above copyright notice and this permission notice';
const gnu = (id: string, ...begins: string[]): LicenceText => ({ id, begins });

/**
 * The commonest licences and the phrases that no other has. The texts of the GNU licences
 * name a version and nothing of later ones: they are `-only` (as GitHub has the version alone), until a README or source file says more.
 */
export const LICENCE_TEXTS: readonly LicenceText[] = [
  gnu('AGPL-3.0-only', 'gnu affero general public license version 3'),
  gnu('LGPL-3.0-only', 'gnu lesser general public license version 3'),
  gnu('LGPL-2.1-only', 'gnu lesser general public license version 2 1'),
  gnu('LGPL-2.0-only', 'gnu library general public license version 2'),
  gnu('GPL-3.0-only', 'gnu general public license version 3'),
  gnu('GPL-2.0-only', 'gnu general public license version 2'),
  gnu('GFDL-1.3-only', 'gnu free documentation license version 1 3'),
  { id: 'Apache-2.0', begins: ['apache license version 2 0', 'licensed under the apache license version 2 0'] },
  { id: 'MPL-2.0', begins: ['mozilla public license version 2 0', 'mozilla public license 2 0', 'subject to the terms of the mozilla public license v 2 0'] },
  { id: 'EUPL-1.2', begins: ['european union public licence v 1 2', 'european union public licence version 1 2', 'european union public license v 1 2'] },
  { id: 'EPL-2.0', begins: ['eclipse public license v 2 0', 'eclipse public license version 2 0'] },
  { id: 'BSL-1.0', begins: ['boost software license version 1 0'] },
  { id: 'BUSL-1.1', begins: ['business source license 1 1', 'business source license version 1 1', 'mariadb corporation ab'], holds: ['business source license'] },
  { id: 'SSPL-1.0', begins: ['server side public license version 1'] },
  { id: 'Elastic-2.0', begins: ['elastic license 2 0', 'elastic license version 2 0'] },
  { id: 'FSL-1.1-MIT', begins: ['functional source license version 1 1 mit future license'] },
  { id: 'FSL-1.1-ALv2', begins: ['functional source license version 1 1 apache 2 0 future license', 'functional source license version 1 1 alv2 future license'] },
  { id: 'PolyForm-Noncommercial-1.0.0', begins: ['polyform noncommercial license 1 0 0'] },
  { id: 'Artistic-2.0', begins: ['the artistic license 2 0', 'artistic license 2 0'] },
  { id: 'WTFPL', begins: ['do what the fuck you want to public license'] },
  { id: 'CC0-1.0', begins: ['cc0 1 0 universal'] },
  { id: 'CC-BY-NC-SA-4.0', begins: ['attribution noncommercial sharealike 4 0 international'] },
  { id: 'CC-BY-NC-4.0', begins: ['attribution noncommercial 4 0 international'] },
  { id: 'CC-BY-SA-4.0', begins: ['attribution sharealike 4 0 international'] },
  { id: 'CC-BY-4.0', begins: ['attribution 4 0 international'] },
  { id: 'OFL-1.1', begins: ['sil open font license version 1 1'] },
  { id: 'MS-PL', begins: ['microsoft public license'] },
  { id: 'MulanPSL-2.0', begins: ['mulan permissive software license version 2', 'mulan psl v2'] },
  { id: 'OSL-3.0', begins: ['open software license v 3 0', 'open software license version 3 0'] },
  { id: 'ECL-2.0', begins: ['educational community license version 2 0'] },
  { id: 'BlueOak-1.0.0', begins: ['blue oak model license version 1 0 0'] },
  { id: 'UPL-1.0', begins: ['the universal permissive license upl version 1 0', 'universal permissive license v 1 0'] },
  { id: 'NCSA', begins: ['university of illinois ncsa open source license'] },
  { id: 'Unlicense', begins: ['this is free and unencumbered software released into the public domain'] },
  { id: 'BSD-4-Clause', begins: [BSD], holds: ['all advertising materials mentioning'] },
  { id: 'BSD-3-Clause-Clear', begins: [BSD], holds: ['no express or implied licenses to any party s patent rights'] },
  { id: 'BSD-3-Clause', begins: [BSD], holds: ['endorse or promote products'] },
  { id: 'BSD-2-Clause', begins: [BSD], holds: ['redistributions in binary form must reproduce'] },
  { id: 'Zlib', begins: ['this software is provided as is without any express or implied warranty'], holds: ['altered source versions must be plainly marked'] },
  { id: 'ISC', begins: [ISC, ISC_WITHOUT_OR], holds: ['provided that the above copyright notice and this permission notice appear in all copies'] },
  { id: '0BSD', begins: [ISC, ISC_WITHOUT_OR], lacks: ['provided that the above copyright notice'] },
  { id: 'PostgreSQL', begins: ['permission to use copy modify and distribute this software and its documentation for any purpose without fee and without a written agreement'] },
  { id: 'JSON', begins: [MIT], holds: [NOTICE, 'shall be used for good not evil'] },
  { id: 'MIT', begins: [MIT], holds: [NOTICE, 'the software is provided as is'] },
  { id: 'MIT-0', begins: [MIT], holds: ['the software is provided as is'], lacks: [NOTICE] },
];

/** What is added to a licence that takes from it what its name promises, or says that there are several. */
export const CHANGED_BY: readonly string[] = ['commons clause', 'portions of this software are licensed as follows'];
