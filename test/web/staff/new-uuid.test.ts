import { z } from 'zod';
import { newUuid } from '../../../src/web/staff/new-uuid';

it('a random id of a page is a UUID of version 4, another each time', () => {
  const ids = Array.from({ length: 200 }, newUuid);
  expect(ids.every((id) => z.uuidv4().safeParse(id).success)).toBe(true);
  expect(new Set(ids).size).toBe(200);
});
