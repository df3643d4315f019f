import { useRef } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration } from 'react-router';
import { SearchBox } from '../search/search-box';
import { SearchSession } from '../search/search-session';
import { ConnectionBadge } from './connection-badge';
import { KeysDialog } from './keys-dialog';
import { Mark } from './mark';
import styles from './shell.module.css';
import { useShortcuts } from './use-shortcuts';
import { WaitingNotice } from './waiting-notice';

/** What stands around every page: the way home, the search box, and word of what the hub waits for. */
export function Shell() {
  const keysDialog = useRef<HTMLDialogElement>(null);
  const showKeys = (): void => keysDialog.current?.showModal();
  useShortcuts(showKeys);

  return (
    <SearchSession>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link className={styles.home} to="/" aria-label="Osiris AppHub, the shelf">
            <Mark />
            <span className={styles.name} aria-hidden="true">
              Osiris
            </span>
          </Link>
          <div className={styles.search}>
            <SearchBox />
          </div>
          <nav className={styles.nav} aria-label="Main">
            <NavLink to="/operations">Operations</NavLink>
            <NavLink className={styles.register} to="/register">
              <span aria-hidden="true">+</span> Register
            </NavLink>
            <button type="button" className={styles.keys} onClick={showKeys} aria-label="Keyboard shortcuts">
              <kbd aria-hidden="true">?</kbd>
            </button>
          </nav>
        </div>
        <WaitingNotice />
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <ConnectionBadge />
      <KeysDialog ref={keysDialog} />
      <ScrollRestoration />
    </SearchSession>
  );
}
