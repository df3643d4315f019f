import type { BuildFailure } from '@osiris/contracts';

/** The particulars of a failure that its message may or may not have said. */
export function failureFacts({ step, exitCode, line, image, source }: BuildFailure): { name: string; value: string }[] {
  const facts: { name: string; value: string }[] = [];
  if (step !== undefined) facts.push({ name: 'Step', value: step });
  if (exitCode !== undefined) facts.push({ name: 'Exit code', value: exitCode === 137 ? '137 (killed)' : String(exitCode) });
  if (line !== undefined) facts.push({ name: 'Dockerfile', value: `line ${line}` });
  if (image !== undefined) facts.push({ name: 'Base image', value: image });
  if (source !== undefined) facts.push({ name: 'Not there', value: source });
  return facts;
}
