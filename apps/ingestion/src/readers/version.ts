/**
 * Which readers these are. Raised with every change of what they make of a commit (a new detector, another rule of
 * precedence), so that apps are read anew although their repositories have not changed.
 */
export const READERS_VERSION = '2026-2';
