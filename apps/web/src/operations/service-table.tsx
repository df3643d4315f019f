import type { HubService } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/query-keys';
import { servicesApi } from '../api/services.api';
import { ErrorMessage } from '../layout/message';
import { formatAgo } from '../watch/duration';
import { useNow } from '../watch/use-now';
import styles from './operations.module.css';

const REFRESH_MS = 15_000;

export function ServiceTable() {
  const { data, error, isError, refetch } = useQuery({
    queryKey: keys.services,
    queryFn: ({ signal }) => servicesApi.list(signal),
    refetchInterval: REFRESH_MS,
  });
  const now = useNow(5_000);
  return (
    <section aria-labelledby="services-title">
      <h2 id="services-title">Services</h2>
      {isError && !data && <ErrorMessage title="The services cannot be listed" error={error} onRetry={() => void refetch()} />}
      <ul className={styles.services} aria-busy={!data && !isError}>
        {data?.items.map((service) => (
          <ServiceItem key={service.slug} service={service} now={now} />
        ))}
      </ul>
    </section>
  );
}

function ServiceItem({ service, now }: { service: HubService; now: number }) {
  return (
    <li className={styles.service} data-status={service.status}>
      <h3>{service.name}</h3>
      <p className={styles.status}>
        <span className={styles.dot} aria-hidden="true" />
        {service.status}
      </p>
      {service.statusMessage !== '' && <p className={styles.message}>{service.statusMessage}</p>}
      <p className={styles.checked}>
        {service.kind} · {service.lastCheckedAt ? `seen ${formatAgo(service.lastCheckedAt, now)}` : 'not seen yet'}
      </p>
    </li>
  );
}
