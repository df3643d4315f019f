import type { HousekeepingPlan } from '@osiris/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { adviceFor } from '../api/advice';
import type { ApiError } from '../api/api-error';
import { housekeepingApi } from '../api/housekeeping.api';
import { keys } from '../api/query-keys';
import { ConfirmDialog } from '../layout/confirm-dialog';
import { ErrorMessage } from '../layout/message';
import { formatBytes } from '../watch/duration';
import styles from './housekeeping.module.css';
import { HousekeepingImages } from './housekeeping-images';
import { housekeepingTotals } from './housekeeping-totals';

/** Removing takes a moment and tells no events: it is asked anew this often, for as long. */
const ASK_AGAIN_MS = 2_000;
const ASKED_FOR_MS = 20_000;

/** What the hub would clear away by itself within the hour, and a way to have it done now. */
export function Housekeeping() {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [begunAt, setBegunAt] = useState<number | null>(null);
  const { data: plan, error, isError, refetch } = useQuery({
    queryKey: keys.housekeeping,
    queryFn: ({ signal }) => housekeepingApi.plan(signal),
    refetchInterval: () => (begunAt !== null && Date.now() - begunAt < ASKED_FOR_MS ? ASK_AGAIN_MS : false),
  });
  const run = useMutation<void, ApiError, void>({
    mutationFn: () => housekeepingApi.run(),
    onSuccess() {
      setBegunAt(Date.now());
      void client.invalidateQueries({ queryKey: keys.housekeeping });
    },
  });
  const totals = plan && housekeepingTotals(plan);

  return (
    <section aria-labelledby="housekeeping-title">
      <h2 id="housekeeping-title">Housekeeping</h2>
      {isError && !plan && <ErrorMessage title="What may go cannot be listed" error={error} onRetry={() => void refetch()} />}
      {plan && totals && (
        <div className={styles.plan}>
          {plan.message && <p className={styles.message}>{plan.message}</p>}
          {totals.count === 0 ? (
            <p className={styles.none}>{begunAt === null ? 'Nothing is to be cleared up.' : 'Cleared up: nothing is left that may go.'}</p>
          ) : (
            <>
              <div className={styles.head}>
                <p role="status">
                  <strong>{formatBytes(totals.bytes)}</strong> would go{begunAt === null ? '.' : ': it is being cleared up.'}
                </p>
                <button type="button" disabled={run.isPending} onClick={() => setAsking(true)}>
                  {run.isPending ? 'Beginning…' : 'Clear up now'}
                </button>
              </div>
              <Parts plan={plan} />
            </>
          )}
          {run.error && (
            <p role="alert" className={styles.message}>
              {run.error.message} {adviceFor(run.error.code)}
            </p>
          )}
          {asking && (
            <ConfirmDialog title="Clear up now?" action={`Remove ${formatBytes(totals.bytes)}`} onConfirm={() => run.mutate()} onClose={() => setAsking(false)}>
              <p>Builds whose image goes can be launched again only once they are built again. What runs, and the newest images of each app, stay.</p>
            </ConfirmDialog>
          )}
        </div>
      )}
    </section>
  );
}

function Parts({ plan: { engine, artifacts } }: { plan: HousekeepingPlan }) {
  return (
    <>
      <dl className={styles.parts}>
        {housekeepingTotals({ engine, artifacts, message: null }).parts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {engine && engine.images.length > 0 && <HousekeepingImages images={engine.images} />}
    </>
  );
}
