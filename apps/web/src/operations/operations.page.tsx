import { usePageTitle } from '../layout/use-page-title';
import { Housekeeping } from './housekeeping';
import styles from './operations.module.css';
import { RunningLaunches } from './running-launches';
import { ServiceTable } from './service-table';
import { WaitingParts } from './waiting-parts';

/** How the hub is: its services, what waits for what, what runs, and what would be cleared away. */
export function OperationsPage() {
  usePageTitle('Operations');
  return (
    <div className={styles.page}>
      <h1>Operations</h1>
      <WaitingParts />
      <ServiceTable />
      <RunningLaunches />
      <Housekeeping />
    </div>
  );
}
