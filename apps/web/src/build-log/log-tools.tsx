import { useState } from 'react';
import { Link } from 'react-router';
import styles from './build-log.module.css';
import { TIME_WORDS, type Times, TIMES } from './line-time';
import { logDownloadPath } from './read-served-log';

interface LogToolsProps {
  buildId: string;
  steps: boolean;
  wrap: boolean;
  times: Times;
  /** Null: there is nothing to follow. */
  follow: boolean | null;
  /** Whether this is the log's own page already. */
  whole: boolean;
  /** "line 12", "lines 3 to 9" or "all": what is copied. */
  copies: string;
  onFold(open: boolean): void;
  onWrap(wrap: boolean): void;
  onTimes(times: Times): void;
  onFollow(): void;
  copied(): string;
}

/** How the log is looked at, and ways to take it along. */
export function LogTools({ buildId, steps, wrap, times, follow, whole, copies, onFold, onWrap, onTimes, onFollow, copied }: LogToolsProps) {
  return (
    <div className={styles.tools} role="toolbar" aria-label="Log">
      {follow !== null && (
        <button type="button" className={styles.follow} aria-pressed={follow} onClick={onFollow} title="End">
          Follow
        </button>
      )}
      {steps && (
        <>
          <button type="button" onClick={() => onFold(true)}>
            Expand all
          </button>
          <button type="button" onClick={() => onFold(false)}>
            Collapse all
          </button>
        </>
      )}
      <button type="button" aria-pressed={wrap} onClick={() => onWrap(!wrap)}>
        Wrap
      </button>
      <select aria-label="Times of lines" value={times} onChange={(event) => onTimes(event.target.value as Times)}>
        {TIMES.map((one) => (
          <option key={one} value={one}>
            {TIME_WORDS[one]}
          </option>
        ))}
      </select>
      <CopyButton what={copies} text={copied} />
      <a href={logDownloadPath(buildId)} download={`${buildId}.log`}>
        Download
      </a>
      {!whole && <Link to={`/builds/${buildId}`}>Open as page</Link>}
    </div>
  );
}

const TOLD_MS = 2_000;

function CopyButton({ what, text }: { what: string; text(): string }) {
  const [told, setTold] = useState('');
  const copy = async (): Promise<void> => {
    try {
      // Browsers give it to secure origins alone.
      await navigator.clipboard.writeText(text());
      setTold('Copied');
    } catch {
      setTold('Not allowed here: download it');
    }
    setTimeout(() => setTold(''), TOLD_MS);
  };
  return (
    <>
      <button type="button" onClick={() => void copy()} title={`Copies ${what}`}>
        {told === '' ? 'Copy' : told}
      </button>
      <span role="status" className="visually-hidden">
        {told}
      </span>
    </>
  );
}
