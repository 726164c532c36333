/** Gives every style sheet that a script makes the nonce of the page; antd makes a few without the one it is given. */
export function nameStyles(nonce: string): void {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (name === 'style') made.nonce = nonce;
    return made;
  }) as typeof document.createElement;
}
