import { useState } from 'react';
import styles from './image-panel.module.css';

const TOLD_MS = 2_000;

/** Copies a text that is shown only in part. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const [told, setTold] = useState('');
  const copy = async (): Promise<void> => {
    // Browsers give the clipboard to secure origins alone; elsewhere the whole text is shown to be copied by hand.
    try {
      await navigator.clipboard.writeText(text);
      setTold('copied');
      setTimeout(() => setTold(''), TOLD_MS);
    } catch {
      setTold(text);
    }
  };
  return (
    <>
      <button type="button" className={styles.copy} aria-label={`Copy ${name}`} title={text} onClick={() => void copy()}>
        Copy
      </button>
      <span role="status">{told}</span>
    </>
  );
}
