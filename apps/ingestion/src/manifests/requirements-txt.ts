import type { ManifestFormat } from './manifest';
import { ManifestDraft, MAX_DEPENDENCIES } from './manifest-draft';
import { groupCalled, parsePythonRequirement } from './python-requirement';

/** Lines that are no requirements: after so many it is another kind of file. */
const MAX_WRONG = 50;

/**
 * https://pip.pypa.io/en/stable/reference/requirements-file-format/. Options are left out: hashes, indexes, and files that
 * are included (`-r`), which count by themselves where they are called as such files are.
 */
export const requirementsTxt: ManifestFormat = {
  name: 'requirements.txt',
  // `requirements.txt`, `requirements-dev.txt`, `dev_requirements.in`, `requirements/base.txt`.
  matches: (path) => /(^|\/)([\w.-]*[-_.])?requirements?([-_.][\w.-]*)?\.(txt|in|pip)$/i.test(path) || /(^|\/)requirements\/[\w.-]+\.(txt|in|pip)$/i.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'pypi');
    draft.manifest.packageManager = 'pip';
    const group = fileGroup(path);
    let tried = 0;
    let wrong = 0;
    for (const { line, text: written } of logicalLines(text)) {
      const code = written.replace(/(^|\s)#.*$/s, '').trim();
      // What pip calls per-requirement options: `--hash=sha256:…`, `--config-settings …`.
      const bare = requirementOf(code);
      if (bare === '') continue;
      if (tried++ >= MAX_DEPENDENCIES) {
        draft.invalid(`more than ${MAX_DEPENDENCIES} requirements: only the first count`, line);
        break;
      }
      const requirement = parsePythonRequirement(bare);
      if (requirement === undefined) {
        draft.invalid(`"${bare.slice(0, 60)}" is no requirement`, line);
        if (++wrong >= MAX_WRONG) break;
      } else if (requirement) draft.depend(requirement.name, requirement.version, group, requirement.name);
    }
    return draft.manifest;
  },
};

/** A line of options alone is empty; an editable or plain URL that names its egg is that name. */
function requirementOf(code: string): string {
  const editable = /^(?:-e|--editable)[\s=]+(.*)$/s.exec(code)?.[1];
  const target = editable ?? code;
  if (/^((git|hg|svn|bzr)\+|https?:|file:|\.{0,2}\/|\.)/i.test(target)) {
    const egg = /[#&]egg=([A-Za-z0-9][\w.-]*)/.exec(target)?.[1];
    // https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention
    return egg ?? /\/([A-Za-z0-9][\w.]*)-\d[^/]*\.whl(?:[#?]|$)/.exec(target)?.[1] ?? '';
  }
  if (editable !== undefined || code.startsWith('-')) return '';
  const option = code.search(/\s--?[a-z]/i);
  return (option === -1 ? code : code.slice(0, option)).trim();
}

/** `requirements-dev.txt` and `requirements/test.txt` are for development. */
function fileGroup(path: string): 'runtime' | 'dev' {
  const words = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '').split(/[-_.]/);
  return words.some((word) => groupCalled(word) === 'dev') ? 'dev' : 'runtime';
}

/** Lines, those that end in a backslash joined with what follows; `line` is that of the beginning. */
function logicalLines(text: string): { line: number; text: string }[] {
  const lines: { line: number; text: string }[] = [];
  let parts: string[] = [];
  text.split(/\r?\n/).forEach((written, index) => {
    const continued = written.endsWith('\\');
    parts.push(continued ? written.slice(0, -1) : written);
    if (continued) return;
    lines.push({ line: index + 2 - parts.length, text: parts.join(' ') });
    parts = [];
  });
  if (parts.length > 0) lines.push({ line: 1, text: parts.join(' ') });
  return lines;
}
