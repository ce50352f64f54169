/** The process: `npm start`. */
import { start } from './start.js';

await start();
