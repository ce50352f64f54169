/** Whether a waiting buyer is heard. */
import { isBoolean, remembered } from './remembered.js';

export const hasSound = remembered('sound', true, isBoolean);
