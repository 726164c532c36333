/** Tables of facts stand beside the dialogs. */
export const TABLE_FOLDER = 'dialogs/tables';
