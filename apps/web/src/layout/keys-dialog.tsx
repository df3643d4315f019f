import type { Ref } from 'react';
import styles from './dialog.module.css';

const KEYS: readonly [string, string[], string][] = [
  ['Anywhere', ['/', 'Ctrl K'], 'go to the search box'],
  ['Anywhere', ['?'], 'show these keys'],
  ['In the search box', ['↓', '↑'], 'move through suggestions, then into the results'],
  ['In the search box', ['Tab', 'Enter'], 'take a suggestion'],
  ['In the search box', ['Enter'], 'nothing chosen: to the first app found'],
  ['In the search box', ['Esc'], 'close the list; again: clear'],
  ['In the search box', ['Backspace'], 'at a tag: take it apart into text'],
  ['Among the apps', ['←', '→', '↑', '↓'], 'move between cards; up from the first row: to the search box'],
  ['Among the apps', ['Enter'], 'open the app'],
  ['Among the apps', ['L'], 'launch it at once'],
  ['Among the apps', ['Esc'], 'back to the search box'],
];

const PLACES = [...new Set(KEYS.map(([place]) => place))];

export function KeysDialog({ ref }: { ref: Ref<HTMLDialogElement> }) {
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      {PLACES.map((place) => (
        <section key={place}>
          <h3 className={styles.place}>{place}</h3>
          <dl className={styles.keys}>
            {KEYS.filter(([where]) => where === place).map(([, keys, does]) => (
              <div key={does}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <form method="dialog" className={styles.actions}>
        <button type="submit" className={styles.plain} autoFocus>
          Close
        </button>
      </form>
    </dialog>
  );
}
