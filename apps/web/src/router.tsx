import { createBrowserRouter } from 'react-router';
import { Shell } from './layout/shell';
import { BrokenPage, NotFoundPage } from './layout/lost-pages';
import { HomePage } from './shelf/home.page';

/** Pages past the first are loaded when gone to, so that the shelf is there at once. */
export function createRouter() {
  return createBrowserRouter([
    {
      element: <Shell />,
      // The page's code is a moment away; each page has its own skeleton for the data after that.
      hydrateFallbackElement: <></>,
      children: [
        {
          errorElement: <BrokenPage />,
          children: [
            { index: true, element: <HomePage /> },
            // Both /watch/owner/name and /watch/owner%2Fname lead here.
            { path: 'watch/*', lazy: async () => ({ Component: (await import('./watch/watch.page')).WatchPage }) },
            { path: 'builds/:id', lazy: async () => ({ Component: (await import('./builds/build.page')).BuildPage }) },
            { path: 'register', lazy: async () => ({ Component: (await import('./register/register.page')).RegisterPage }) },
            { path: 'operations', lazy: async () => ({ Component: (await import('./operations/operations.page')).OperationsPage }) },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);
}
