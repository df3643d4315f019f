/**
 * First of the rules of an extension that fits says the language; `null` is what is no code. Patterns take linear time: with `m`,
 * white space at the start of a line is `[ \t]`, as `\s` would go on from each line to all that follow.
 */
type Rules = readonly (readonly [RegExp, string | null])[];

/** In characters: what a file is shows at its beginning. */
const MAX_LENGTH = 8_192;

const PERL = /\buse\s+(?:strict\b|warnings\b|v?5\b|lib\b|[A-Z][\w:]*\s*[;q(])|^[ \t]*(?:my|our|sub)\s+[$@%\w]|^package\s+[\w:]+;/m;
const RAKU = /^[ \t]*(?:use\s+v6\b|(?:my\s+|unit\s+)?(?:class|grammar|module|role)\s+[A-Z])/m;
const OBJECTIVE_C = /^[ \t]*(?:@(?:interface|implementation|protocol|class|property|end|import|synthesize)\b|#import\s+[<"])/m;
const BY_EXTENSION: Readonly<Record<string, Rules>> = {
  '.h': [
    [OBJECTIVE_C, 'objective-c'],
    [/^[ \t]*#include\s+<(?:c(?:std(?:int|lib|io|def)|math|string|assert|type|time)|string|string_view|vector|map|set|list|memory|iostream|algorithm|functional|optional|unordered_\w+|array|utility|thread|mutex|atomic|chrono|type_traits)>/m, 'c++'],
    [/^[ \t]*(?:template\s*<|class\s+\w+[^;\n]{0,200}$|class\s+\w+\s*[:{]|namespace\s+\w|using\s+(?:namespace\b|\w+\s*=)|(?:public|private|protected)(?:\s+\w+)?:|constexpr\b|virtual\b)|\bstd::/m, 'c++'],
  ],
  '.m': [
    [OBJECTIVE_C, 'objective-c'],
    [/^[ \t]*%|^[ \t]*function\s+(?:\[|\w+\s*=|\w+\s*\()|^[ \t]*(?:clc|clear all|close all)\b|^[ \t]*end[ \t]*;?$/m, 'matlab'],
    [/^\(\*|^[ \t]*BeginPackage\[/, 'wolfram language'],
    [/^[ \t]*:-\s*(?:module|interface)\b/m, 'mercury'],
  ],
  '.pl': [[/^[^#\n]*:-/m, 'prolog'], [RAKU, 'raku'], [PERL, 'perl']],
  '.pm': [[RAKU, 'raku'], [PERL, 'perl'], [/^[ \t]*\/\* XPM \*\//, null]],
  '.t': [[RAKU, 'raku'], [PERL, 'perl'], [/^[ \t]*(?:local\s+)?terra\s+\w/m, 'terra']],
  '.pro': [[/^[ \t]*[a-z]\w*\([^\n]*\)\s*(?::-|\.\s*$)|^[ \t]*:-/m, 'prolog'], [/^[ \t]*(?:pro|function)[ \t]+\w+/im, 'idl'], [/^[ \t]*(?:TEMPLATE|QT|SOURCES|HEADERS|CONFIG)\s*\+?=|^[ \t]*-(?:keep|dontwarn)/m, null]],
  // Translations of Qt, and tiled maps.
  '.ts': [[/^\s*(?:<\?xml|<!DOCTYPE TS|<TS\b)/, null]],
  '.tsx': [[/^\s*(?:<\?xml|<tileset\b)/, null]],
  '.rs': [[/^[ \t]*#pragma\s+(?:version|rs)\b/m, 'renderscript'], [/^[ \t]*<\?xml/, null]],
  '.r': [[/\bRebol\s*\[/i, 'rebol'], [/<-|^[ \t]*#|\b(?:function|library|require)\s*\(/m, 'r']],
  '.v': [
    [/^[ \t]*(?:endmodule|`(?:timescale|include|define|default_nettype)|(?:input|output|wire|reg)\s|always\s*@|module\s+\w+\s*[#(;])/m, 'verilog'],
    [/^[ \t]*(?:Require\s+(?:Import|Export)|From\s+\w+\s+Require|Theorem|Lemma|Definition|Fixpoint|Inductive|Proof|Qed)\b/m, 'rocq prover'],
    [/^[ \t]*(?:module\s+\w+\s*$|import\s+\w|(?:pub\s+)?fn\s+\w*\s*\(|(?:pub\s+)?struct\s+\w+\s*\{)/m, 'v'],
  ],
  '.cls': [
    [/^[ \t]*\\(?:NeedsTeXFormat|ProvidesClass|documentclass|RequirePackage)\b/m, 'tex'],
    [/^VERSION\s+\d+\.\d+\s+CLASS\b/m, 'visual basic 6.0'],
    [/^[ \t]*(?:BEGIN\b|Attribute\s+VB_Name)/m, 'vba'],
    [/^[ \t]*Class\s+[\w.%]+\s+Extends\b/m, 'objectscript'],
    [/\b(?:public|private|global|protected|with sharing|without sharing)\b[^;\n]{0,200}\b(?:class|interface|enum)\b/i, 'apex'],
  ],
  '.fs': [[/^[ \t]*(?:#version\b|precision\s+\w+\s+float|uniform\s|varying\s|void\s+main\s*\()/m, 'glsl'], [/^[ \t]*(?::\s+\S|new-device\b)/m, 'forth'], [/^[ \t]*(?:module|namespace|open|let|type)\s/m, 'f#']],
  '.frag': [[/^[ \t]*(?:function\b|\(function\b)/m, 'javascript']],
  '.cs': [[/^![\w\s]+methodsFor:/m, 'smalltalk']],
  '.php': [[/^<\?hh\b/, 'hack']],
  '.hh': [[/^<\?hh\b/, 'hack']],
  '.inc': [[/^\s*<\?(?:php|=)?/, 'php'], [/^[ \t]*(?:#\s*(?:include|define|if)|template\s*<|namespace\s)/m, 'c++'], [/^[ \t]*(?:unit|procedure|function|begin|uses)\b/im, 'pascal'], [/^\s*</, 'html'], [/./, null]],
  '.ex': [[/^[ \t]*(?:include\s+std|(?:global\s+)?(?:procedure|function)\s+\w+\s*\()/m, 'euphoria']],
  '.d': [[/^[ \t]*(?:#pragma\s+D\s|\w+:\w*:\w*:\w+\s*$)/m, 'dtrace'], [/^[\w./-]+\.o\b[^\n]*:/m, null]],
  '.ml': [[/^[ \t]*(?:structure|signature|functor|fun)\s+\w/m, 'standard ml']],
  '.pp': [[/^[ \t]*(?:class|define|node)\s+[\w:'"]+[^;\n]{0,200}\{\s*$|=>\s*\S/m, null]],
  '.sc': [[/^[ \t]*(?:\w+\s*:\s*\w+\s*\{|\+\s*\w+\s*\{|SynthDef\b|\(\s*$)/m, 'supercollider']],
  '.gs': [[/^[ \t]*(?:uses\s|package\s|enhancement\s)/m, 'gosu'], [/^[ \t]*#version\b/m, 'glsl'], [/^[ \t]*\[indent=/m, 'genie']],
  '.re': [[/^[ \t]*#(?:include|if|define|pragma)\b/m, 'c++']],
  '.cl': [[/^[ \t]*\(\s*(?:defun|in-package|defpackage|defmacro)\b/im, 'common lisp'], [/\b(?:__kernel|__global|kernel\s+void)\b/, 'c']],
  '.qs': [[/^[ \t]*(?:namespace|operation|open)\s/m, 'q#'], [/\bfunction\s+\w*\s*\(/, 'qt script']],
  '.tpl': [[/\{\{-?\s*(?:\.|define|if|range|include|template|end)/, 'go template']],
  '.shader': [[/^[ \t]*#version\b|\bvoid\s+main\s*\(/m, 'glsl']],
};

/** The language that the content of a file of this extension tells, null for no code; undefined where it tells nothing. */
export function languageByContent(extension: string, text: string): string | null | undefined {
  const rules = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
  const beginning = text.slice(0, MAX_LENGTH);
  return rules?.find(([pattern]) => pattern.test(beginning))?.[1];
}

/** Whether a file of this extension may be of another language than it usually is. */
export function isAmbiguous(extension: string): boolean {
  return Object.hasOwn(BY_EXTENSION, extension);
}

/** The interpreter of `#!/usr/bin/env -S python3 -u`: `python3`. https://en.wikipedia.org/wiki/Shebang_(Unix) */
export function interpreterOf(text: string): string | undefined {
  const [, line = ''] = /^#!\s*([^\n]{1,200})/.exec(text) ?? [];
  const [command = '', ...words] = line.trim().split(/\s+/);
  const name = command.slice(command.lastIndexOf('/') + 1);
  if (name !== 'env') return name || undefined;
  return words.find((word) => !word.startsWith('-') && !word.includes('='));
}

/** Written by a program, or packed for browsers. As https://github.com/github-linguist/linguist/blob/main/docs/overrides.md#generated-code */
export function looksGenerated(text: string, extension: string): boolean {
  const beginning = text.slice(0, 2_000);
  if (/@generated\b|\bDO NOT EDIT\b|\bautomatically generated\b|\bauto-?generated (?:by|file|code)\b|^\/\/ Generated by\b/im.test(beginning)) return true;
  if (!['.js', '.mjs', '.cjs', '.css'].includes(extension) || text.length < 2_000) return false;
  const sample = text.slice(0, MAX_LENGTH);
  return sample.length / sample.split('\n').length > 200;
}
