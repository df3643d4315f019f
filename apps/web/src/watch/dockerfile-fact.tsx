import type { App } from '@osiris/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../layout/confirm-dialog';
import styles from './dockerfile-fact.module.css';
import { useAppActions } from './use-app-actions';

/** Stands for the hub's own choice among the paths: no path is empty. */
const AUTOMATIC = '';

/** Which Dockerfile is built and why, and a way to have another one built. */
export function DockerfileFact({ app }: { app: App }) {
  const [asking, setAsking] = useState(false);
  const { chooseDockerfile } = useAppActions(app);
  const chosen = app.dockerfile;
  const others = chosen?.others ?? [];
  // One that was never read has a path only where somebody named it.
  const asked = chosen === null ? app.dockerfilePath !== null : chosen.asked;
  const path = chosen?.path ?? app.dockerfilePath;
  if (path === null) return null;
  return (
    <div>
      <dt>Dockerfile</dt>
      <dd>
        <code className={styles.path}>{path}</code>
        {chosen && <span className={styles.reason}>{chosen.reason}</span>}
        {(others.length > 0 || asked) && (
          <button type="button" className={styles.another} disabled={chooseDockerfile.isPending} onClick={() => setAsking(true)}>
            Choose another
          </button>
        )}
        {chooseDockerfile.error && (
          <span role="alert" className={styles.error}>
            {chooseDockerfile.error.message}
          </span>
        )}
        {asking && (
          <Choice
            options={asked ? [AUTOMATIC, ...others] : others}
            onChosen={(path) => chooseDockerfile.mutate(path === AUTOMATIC ? null : path)}
            onClose={() => setAsking(false)}
          />
        )}
      </dd>
    </div>
  );
}

interface ChoiceProps {
  options: readonly string[];
  onChosen(path: string): void;
  onClose(): void;
}

function Choice({ options, onChosen, onClose }: ChoiceProps) {
  const [path, setPath] = useState(options[0] ?? AUTOMATIC);
  return (
    <ConfirmDialog title="Build another Dockerfile?" action="Read and build" tone="calm" onConfirm={() => onChosen(path)} onClose={onClose}>
      <p>The repository is read anew and built with it. What runs goes on; what was built stays until the new build is there.</p>
      <fieldset className={styles.options}>
        <legend className="visually-hidden">Dockerfile</legend>
        {options.map((option) => (
          <label key={option}>
            <input type="radio" name="dockerfile" value={option} checked={path === option} onChange={() => setPath(option)} />
            {option === AUTOMATIC ? 'the one that the hub chooses' : <code>{option}</code>}
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  );
}
