/**
 * The exam of every Storage: what the flow relies on, as sentences. `open` gives a new and empty one each time.
 */
import { afterEach, beforeEach, describe } from 'vitest';
import type { Storage } from '../../src/storage/storage.js';
import { accessContract } from './contract-access.js';
import { deliveryContract } from './contract-deliveries.js';
import { deskContract } from './contract-desk.js';
import { feedContract } from './contract-feed.js';
import { messageContract } from './contract-messages.js';
import { peopleContract } from './contract-people.js';
import { phraseContract } from './contract-phrases.js';
import { settingsContract } from './contract-settings.js';
import { stockContract } from './contract-stock.js';
import { switchContract } from './contract-switches.js';
import { turnContract } from './contract-turns.js';

export function storageContract(name: string, open: () => Promise<Storage>): void {
  describe(`storage contract on ${name}`, () => {
    let storage: Storage;
    beforeEach(async () => {
      storage = await open();
    });
    afterEach(() => storage.close());
    const current = () => storage;

    describe('messages coming in', () => messageContract(current));
    describe('turns', () => turnContract(current));
    describe('the feed', () => feedContract(current));
    describe('switches and the shadow', () => switchContract(current));
    describe('deliveries', () => deliveryContract(current));
    describe('settings', () => settingsContract(current));
    describe('quick phrases', () => phraseContract(current));
    describe('stock', () => stockContract(current));
    describe('the desk', () => deskContract(current));
    describe('people', () => peopleContract(current));
    describe('away, tokens and the end', () => accessContract(current));
  });
}
