import { buildMachine } from '../builds/build.machine';
import { ingestionMachine } from '../ingestions/ingestion.machine';
import { launchMachine } from '../launches/launch.machine';
import { verificationMachine } from '../verifications/verification.machine';
import type { Step } from './state-machine';

type Table = Record<string, Record<string, Step<string, string>>>;

/** The whole table as text, one pair a line: a change of any pair shows in the diff of this file. */
function pairs(table: Table): string[] {
  return Object.entries(table).flatMap(([state, row]) =>
    Object.entries(row).map(([event, step]) => `${state} × ${event} → ${typeof step === 'string' ? step : [step.to, ...step.emits].join(' + ')}`),
  );
}

const machines: [string, Table, string[]][] = [
  ['ingestion', ingestionMachine, ['ready', 'failed', 'superseded']],
  ['build', buildMachine, ['succeeded', 'failed', 'canceled']],
  // One that failed has passed once somebody's launch of the build runs.
  ['verification', verificationMachine, ['passed']],
  ['launch', launchMachine, ['stopped', 'failed', 'expired']],
];

describe.each(machines)('the %s lifecycle', (_name, table, final) => {
  it('decides every state and every event', () => {
    expect(pairs(table)).toMatchSnapshot();
    const events = new Set(Object.values(table).flatMap((row) => Object.keys(row)));
    for (const row of Object.values(table)) expect(new Set(Object.keys(row))).toEqual(events);
  });

  it('never leaves a final state', () => {
    for (const state of final) {
      for (const step of Object.values(table[state] ?? {})) if (typeof step !== 'string') expect(step.to).toBe(state);
    }
  });

  it('leads from every state that is not final to a final one', () => {
    const ends = (state: string, seen: Set<string>): boolean => {
      if (final.includes(state)) return true;
      if (seen.has(state)) return false;
      seen.add(state);
      return Object.values(table[state] ?? {}).some((step) => typeof step !== 'string' && ends(step.to, seen));
    };
    for (const state of Object.keys(table)) expect([state, ends(state, new Set())]).toEqual([state, true]);
  });

  it('tells of every change of state', () => {
    for (const [state, row] of Object.entries(table)) {
      for (const step of Object.values(row)) if (typeof step !== 'string' && step.to !== state) expect(step.emits).toContain('report');
    }
  });
});

describe('a launch', () => {
  it('has its variables forgotten by whatever ends it or shows that it runs', () => {
    for (const state of ['pending', 'starting'] as const) {
      for (const step of Object.values(launchMachine[state])) {
        if (typeof step === 'string' || ['pending', 'starting'].includes(step.to)) continue;
        expect(step.emits).toContain('forgetEnv');
      }
    }
  });
});
