import { useRef } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration } from 'react-router';
import { SearchBox } from '../search/search-box';
import { SearchSession } from '../search/search-session';
import { ConnectionBadge } from './connection-badge';
import { GoProvider } from './go';
import { KeysDialog } from './keys-dialog';
import { Mark } from './mark';
import styles from './shell.module.css';
import { useShortcuts } from './use-shortcuts';
import { WaitingNotice } from './waiting-notice';

/** What every page stands in. */
export function Shell() {
  return (
    <GoProvider>
      <SearchSession>
        <Frame />
      </SearchSession>
    </GoProvider>
  );
}

/** Around every page: the way home, the search box, and word of what the hub waits for. */
function Frame() {
  const keysDialog = useRef<HTMLDialogElement>(null);
  const showKeys = (): void => keysDialog.current?.showModal();
  useShortcuts(showKeys);

  return (
    <>
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
            <button type="button" className={styles.keys} onClick={showKeys} aria-label="Keyboard shortcuts" title="Keys (?)">
              <kbd aria-hidden="true">?</kbd>
            </button>
          </nav>
        </div>
        <WaitingNotice />
      </header>
      {/* Named, as the app that runs in a page may have a main part of its own. */}
      <main id="main" className={styles.main} tabIndex={-1} aria-label="Osiris AppHub">
        <Outlet />
      </main>
      <ConnectionBadge />
      <KeysDialog ref={keysDialog} />
      <ScrollRestoration />
    </>
  );
}
