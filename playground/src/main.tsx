import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { loadAhead } from './pages/catalogue-page.tsx';
import { readPlace } from './place.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

loadAhead(readPlace(location.hash.slice(1)));
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
