/**
 * A lifecycle as a table: for every state and every event either where it leads and what that emits, or a word why
 * nothing happens. The type demands every pair, so that no combination is left to chance.
 * - `ignored`: late, repeated or overtaken; nothing changes and nobody is told.
 * - `refused`: somebody asked for what the state does not allow; answered with CONFLICT.
 */
export type Step<S extends string, X extends string> = { readonly to: S; readonly emits: readonly X[] } | 'ignored' | 'refused';
export type Machine<S extends string, E extends string, X extends string> = Readonly<Record<S, Readonly<Record<E, Step<S, X>>>>>;

/** Shorthand that keeps the tables readable. */
export const to = <S extends string, X extends string>(state: S, ...emits: X[]): { to: S; emits: X[] } => ({ to: state, emits });
export const ignored = 'ignored' as const;
export const refused = 'refused' as const;
