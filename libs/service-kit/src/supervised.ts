/** Longest that a graceful stop may take once the launcher is gone, in milliseconds: nobody is left to kill what hangs. */
const GRACE_MS = 9_000;

/**
 * Ties this process to the launcher that started it (`OSIRIS_SUPERVISED=1`, with an IPC channel): when the launcher
 * dies, however it dies, the channel closes, and the process stops as it would on SIGTERM. Without a launcher it does
 * nothing.
 *
 * @param end the graceful stop, which ends the process; if it takes over nine seconds the process exits all the same
 */
export function exitWithParent(end: () => void): void {
  if (process.env.OSIRIS_SUPERVISED !== '1') return;
  const leave = (): void => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    end();
  };
  // What read from the other end of these pipes dies with the launcher; a log line must not end the graceful stop.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  if (process.channel === undefined || !process.connected) {
    // The launcher died between starting this process and now.
    leave();
    return;
  }
  process.once('disconnect', leave);
  // The channel alone must not keep a process alive that has nothing left to do.
  process.channel.unref();
}
