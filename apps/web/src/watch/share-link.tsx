import type { Launch } from '@osiris/contracts';
import { useEffect, useState } from 'react';
import styles from './preview.module.css';

const SAID_FOR_MS = 6_000;

/** Copies the signed address: whoever has it sees the running app, without an account, for as long as it runs. */
export function ShareLink({ launch }: { launch: Launch }) {
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  if (!launch.previewUrl) return null;
  const url = launch.previewUrl;
  const copy = (): void => {
    // Browsers give the clipboard to secure pages alone; elsewhere it is not there at all.
    const copied = (navigator.clipboard as Clipboard | undefined)?.writeText(url) ?? Promise.reject(new Error('No clipboard here'));
    copied.then(
      () => setSaid('copied'),
      () => setSaid('refused'),
    );
  };
  const until = new Date(launch.expiresAt).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit' });
  return (
    <>
      <button type="button" onClick={copy} title="Copies an address that shows the running app to whoever has it">
        Share
      </button>
      <span role="status" className={styles.shared}>
        {said === 'copied' && `Copied. It works for anyone, until the app stops (${until} at the latest).`}
        {said === 'refused' && 'This page may not copy: use “Open in a tab” and copy the address there.'}
      </span>
    </>
  );
}
