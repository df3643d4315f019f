import { coinedWord } from './coined-words.mjs';
import { Dice, ranked } from './dice.mjs';
import { audiences, brandNames, closings, epithets, features, firstNames, foreign, lastNames, ownerEndings, qualities, suffixes } from './phrases.mjs';
import { subjects } from './subjects.mjs';
import { databases, extras, languages, licenses, ports, topics } from './tag-pool.mjs';

const bySubject = ranked(subjects, 4);
const byEpithet = ranked(epithets, 12);
const bySuffix = ranked(suffixes, 8);
const byQuality = ranked(qualities, 3);
const byAudience = ranked(audiences, 4);
const byFeature = ranked(features, 6);
const byClosing = ranked(closings, 4);
const byFirstName = ranked(firstNames, 8);
const byLastName = ranked(lastNames, 8);

/** Chosen so that 100,000 apps have about 55,000 different words. */
const coinedScale = 8400;
const ownerScale = 2000;

const title = (/** @type {string} */ word) => word.charAt(0).toUpperCase() + word.slice(1);
const brand = (/** @type {string} */ word) => brandNames.get(word) ?? title(word);
const article = (/** @type {string} */ word) => (/^[aeiou]/i.test(word) && !/^(uni|use|eu|one)/i.test(word) ? 'an' : 'a');

/** @param {Dice} dice @param {import('./subjects.mjs').Subject} subject @param {string} framework */
function nameOf(dice, subject, framework) {
  const noun = dice.pick(subject.nouns);
  const form = dice.below(100);
  if (form < 22) return `${dice.draw(byEpithet)}-${noun}`;
  if (form < 36) return `${title(dice.draw(byEpithet))} ${title(noun)}`;
  if (form < 50) return `${title(noun)} ${title(dice.draw(bySuffix))}`;
  if (form < 60) return title(coinedWord(dice.rank(coinedScale)));
  if (form < 72) return `${title(coinedWord(dice.rank(coinedScale)))} ${title(noun)}`;
  if (form < 78) return `${coinedWord(dice.rank(coinedScale))}-${dice.draw(bySuffix)}`;
  if (form < 86) return `${framework}-${noun}`;
  if (form < 90) return `${noun}-${dice.draw(bySuffix)}`;
  if (form < 95) return `${title(dice.draw(byEpithet))} ${title(noun)} ${title(dice.draw(bySuffix))}`;
  return `${title(dice.draw(byFirstName))}'s ${subject.thing.split(' ').map(title).join(' ')}`;
}

/** The same number is always the same owner. @param {number} seed @param {number} number */
function ownerOf(seed, number) {
  const dice = new Dice(seed ^ 0x0a11ce, number);
  const form = dice.below(10);
  if (form < 3) return `${dice.draw(byFirstName)}-${dice.draw(byLastName)}`;
  if (form < 5) return `${dice.draw(byFirstName)}${dice.below(100)}`;
  if (form < 7) return `${dice.draw(byEpithet)}-${dice.pick(ownerEndings)}`;
  return form < 9 ? coinedWord(dice.rank(coinedScale)) : `${coinedWord(dice.rank(coinedScale))}-${dice.pick(ownerEndings)}`;
}

/** @param {Dice} dice @param {import('./subjects.mjs').Subject} subject @param {string} language */
function descriptionOf(dice, { thing, can }, language) {
  const first = dice.below(can.length);
  const [does = '', also = ''] = [can[first], can[(first + 1 + dice.below(can.length - 1)) % can.length]];
  const quality = dice.draw(byQuality);
  switch (dice.below(7)) {
    case 0:
      return `${title(article(thing))} ${thing} that ${does}.`;
    case 1:
      return `${title(does)} and ${also}.`;
    case 2:
      return `${title(quality)} ${thing} for ${dice.draw(byAudience)}: ${does}.`;
    case 3:
      return `${title(thing)} with ${dice.drawSome(byFeature, 2).join(' and ')}.`;
    case 4:
      return `${title(article(quality))} ${quality} ${thing} written in ${brand(language)} that ${does} and ${also}.`;
    case 5:
      return `${title(thing)} for ${dice.draw(byAudience)}, with ${dice.draw(byFeature)}.`;
    default:
      return `${title(does)}, ${also}, and has ${dice.draw(byFeature)}.`;
  }
}

/** @param {Dice} dice @param {string} name @param {import('./subjects.mjs').Subject} subject @param {{ framework: string, database: string, description: string }} said */
function readmeOf(dice, name, { can }, { framework, database, description }) {
  const unsaid = can.filter((does) => !description.toLowerCase().includes(does.toLowerCase()));
  const lines = [`${name} ${dice.pick(unsaid.length > 0 ? unsaid : can)}.`];
  if (dice.chance(0.6)) lines.push(`Made for ${dice.draw(byAudience)} with ${dice.drawSome(byFeature, 2).join(' and ')} in mind.`);
  if (dice.chance(0.4)) lines.push(`Built with ${brand(framework)}${database ? ` on ${brand(database)}` : ''}.`);
  if (dice.chance(0.25)) lines.push(`Inspired by ${title(coinedWord(dice.rank(coinedScale)))}.`);
  if (dice.chance(0.5)) lines.push(`${dice.draw(byClosing)}.`);
  return lines.join(' ');
}

/** @param {Dice} dice @param {string} topic */
function tagsOf(dice, topic) {
  const { language, frameworks, runtimes } = dice.draw(languages);
  const framework = dice.draw(frameworks);
  const database = dice.chance(0.38) ? dice.draw(databases) : '';
  /** @type {{ key: string, value: string }[]} */
  const tags = [{ key: 'language', value: language }];
  if (dice.chance(0.62)) tags.push({ key: 'framework', value: framework });
  if (dice.chance(0.38)) tags.push({ key: 'runtime', value: dice.draw(runtimes) });
  const named = new Set(dice.chance(0.7) ? [topic] : []);
  for (let more = dice.below(3); more > 0; more--) named.add(dice.draw(topics));
  for (const value of named) tags.push({ key: 'topic', value });
  if (database) tags.push({ key: 'database', value: database });
  if (dice.chance(0.55)) tags.push({ key: 'license', value: dice.draw(licenses) });
  if (dice.chance(0.35)) tags.push({ key: 'port', value: dice.draw(ports) });
  for (const { key, share, values } of extras) if (dice.chance(share)) tags.push({ key, value: dice.draw(values) });
  return { tags, language, framework, database };
}

/**
 * What an app of this number is, whatever the others are: a larger corpus begins with the smaller one.
 * @param {number} seed
 * @param {number} number
 */
export function makeApp(seed, number) {
  const dice = new Dice(seed, number);
  const subject = dice.draw(bySubject);
  const abroad = dice.chance(0.02) ? dice.pick(foreign) : undefined;
  const { tags, ...parts } = tagsOf(dice, abroad?.[2] ?? dice.pick(subject.topics));
  const own = nameOf(dice, subject, parts.framework);
  const name = abroad ? (dice.chance(0.5) ? `${abroad[0]}` : `${abroad[0]} ${title(coinedWord(dice.rank(coinedScale)))}`) : own;
  const description = abroad ? `${abroad[1]}` : descriptionOf(dice, subject, parts.language);
  return {
    owner: ownerOf(seed, dice.rank(ownerScale)),
    repository: own.toLowerCase().replace(/'s\b/g, '').replace(/[^a-z0-9.]+/g, '-'),
    name,
    description,
    readme: abroad ? '' : readmeOf(dice, name, subject, { ...parts, description }),
    tags,
    status: dice.chance(0.96) ? 'ready' : 'failed',
    popularity: launches(dice),
    age: dice.next(),
  };
}

/** Zipf's law again: of n apps the k-th most launched one has about 2n / k launches, and the long tail a few or none. @param {Dice} dice */
function launches(dice) {
  return Math.min(Math.floor(2 / (1 - dice.next())) - 2, 5_000_000);
}
