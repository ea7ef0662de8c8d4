/** `npm run ship-stubs`: records the stubs as they are now; for authors, after changing one. */
import { shipStubs } from '../catalogue/shipped-stubs.ts';

shipStubs();
