import { usePageTitle } from '../layout/use-page-title';
import styles from './operations.module.css';
import { RunningLaunches } from './running-launches';
import { ServiceTable } from './service-table';
import { WaitingParts } from './waiting-parts';

/** How the hub is: its services, what waits for what, and what runs. */
export function OperationsPage() {
  usePageTitle('Operations');
  return (
    <div className={styles.page}>
      <h1>Operations</h1>
      <WaitingParts />
      <ServiceTable />
      <RunningLaunches />
    </div>
  );
}
