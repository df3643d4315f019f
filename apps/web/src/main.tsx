import '@fontsource-variable/instrument-sans/wght.css';
import '@fontsource/marcellus/latin-400.css';
import './tokens.css';
import './base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { createQueryClient } from './api/query-client';
import { EventsProvider } from './events/events.provider';
import { createRouter } from './router';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <EventsProvider>
        <RouterProvider router={createRouter()} />
      </EventsProvider>
    </QueryClientProvider>
  </StrictMode>,
);
