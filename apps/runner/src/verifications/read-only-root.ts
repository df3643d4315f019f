/** What systems and languages say of EROFS (errno(3)). */
const COMPLAINT = /\bEROFS\b|read-only file ?system/i;

/** Whether an app that came up says that it cannot write where it wants to. */
export const complainsOfReadOnlyRoot = (lines: readonly string[]): boolean => lines.some((line) => COMPLAINT.test(line));
