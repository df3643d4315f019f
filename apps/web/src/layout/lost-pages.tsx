import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { Message } from './message';
import { usePageTitle } from './use-page-title';

export function NotFoundPage() {
  usePageTitle('Nothing here');
  return (
    <Message title="There is nothing at this address" level={1}>
      <p>It may have been moved or never been.</p>
      <Link to="/">Back to the shelf</Link>
    </Message>
  );
}

/** The page itself failed: said plainly, with the one thing that helps. */
export function BrokenPage() {
  const error = useRouteError();
  usePageTitle('Something broke');
  const detail = isRouteErrorResponse(error) ? error.statusText : error instanceof Error ? error.message : '';
  return (
    <Message title="This page broke" level={1} tone="danger">
      <p>Nothing in the hub is harmed. Load the page again; if it breaks again, this may help to find out why:</p>
      <code>{detail || 'no detail'}</code>
      <button type="button" onClick={() => window.location.reload()}>
        Load again
      </button>
    </Message>
  );
}
