import { constants } from 'node:os';
import type { ErrorData } from '@osiris/contracts';
import type { SandboxState } from '@osiris/engine';

const MIB = 1024 * 1024;
const MAX_EXCERPT = 1_500;
/** How a shell, and the container's init, tell that a signal ended the command. */
const SIGNAL_BASE = 128;

/** Why a container that was not asked to end has ended, as people should read it. */
export function endReason(
  state: Pick<SandboxState, 'exitCode' | 'outOfMemory' | 'memoryBytes'> | undefined,
  lastLines: readonly string[],
  hadAnswered: boolean,
): ErrorData {
  if (!state) return { code: 'CONTAINER_GONE', message: 'The container was removed from the engine by somebody else. Launch the app again.' };
  if (state.outOfMemory) {
    const message = `The app needed more than its ${Math.round(state.memoryBytes / MIB)} MiB of memory. Launch it with a larger profile.`;
    return { code: 'OUT_OF_MEMORY', message };
  }
  const when = hadAnswered ? 'while it was running' : 'before it answered';
  const hint = !hadAnswered && state.exitCode === 0 ? ' A preview needs a server that keeps running.' : '';
  return { code: 'APP_EXITED', message: `The app ended with exit code ${codeText(state.exitCode ?? 0)} ${when}.${hint}${excerpt(lastLines)}` };
}

function codeText(exitCode: number): string {
  const signal = Object.entries(constants.signals).find(([, number]) => number === exitCode - SIGNAL_BASE)?.[0];
  return signal ? `${exitCode} (${signal})` : String(exitCode);
}

/** The end of the output, the newest lines kept where it is too long. */
export function excerpt(lines: readonly string[]): string {
  // Colours are for the log; an error message is plain.
  const plain = lines.map((line) => line.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').trimEnd()).filter((line) => line !== '');
  let text = plain.join('\n');
  if (text.length > MAX_EXCERPT) text = `…${text.slice(-MAX_EXCERPT)}`;
  return text === '' ? ' It printed nothing.' : ` Its last output:\n${text}`;
}
