import { mix } from './dice.mjs';

const clusters = 'br cl cr dr fl fr gl gr kl kr pl pr qu sh sk sl sp st th tr'.split(' ');
const consonants = 'b c d f g h j k l m n p r s t v w z'.split(' ');
const vowels = 'a e i o u a e i o u a e i o ai ea io oo'.split(' ');
/** Between two syllables: those that are easily spoken before any consonant. */
const joints = ['', '', '', '', 'l', 'm', 'n', 'r', 's', 'x'];
const links = ['', '', 'l', 'n', 'r', 's'];
const codas = ['', '', '', 'l', 'm', 'n', 'r', 's', 't', 'x', 'k', 'nd', 'rt', 'st', 'ck'];
const endings = 'o a ly er on ix us ify um ic ery io el ia is era ano ent'.split(' ');

/** Takes its choices from one number, digit by digit. */
class Choices {
  /** @param {number} number */
  constructor(number) {
    this.rest = mix(number ^ 0x5bd1e995) * 2097152 + (mix(number + 0x27d4eb2f) >>> 11);
  }

  /** @param {readonly string[]} list */
  of(list) {
    const chosen = list[this.rest % list.length] ?? '';
    this.rest = Math.floor(this.rest / list.length);
    return chosen;
  }
}

/**
 * A pronounceable word that is in no dictionary, as projects like to be named: two syllables for the first 2,000, three
 * for most others. The same number is always the same word; two numbers are seldom alike.
 * @param {number} number
 */
export function coinedWord(number) {
  const choices = new Choices(number);
  const begin = choices.of(number % 3 === 0 ? clusters : consonants) + choices.of(vowels) + choices.of(joints);
  const middle = choices.of(consonants) + choices.of(vowels);
  if (number < 2000) return begin + middle + choices.of(codas);
  if (number % 4 === 0) return begin + choices.of(consonants) + choices.of(endings);
  return begin + middle + choices.of(links) + choices.of(consonants) + choices.of(number % 2 === 0 ? vowels : endings);
}
