/** Numbers and places that always behave as described. */
export function Known({ title, rows }: { title: string; rows: { name: string; what: string }[] }) {
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      <ul class="rows">
        {rows.map(({ name, what }) => (
          <li key={name}>
            <span class="grow">
              <strong>{name}</strong>
              <small>{what}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
