/** What the lab fires at: the server of this project, as `main.ts` makes it. */
export { createApp as createWeatherServer } from '../src/app.ts';
