import css from "./out-link.module.css";

/** An address of the web that opens outside; anything else is only shown. */
export function OutLink({ address }: { address: string }) {
  if (!/^https?:\/\//.test(address)) return address;
  return (
    <a className={css.link} href={address} target="_blank" rel="noopener noreferrer">
      {address}
    </a>
  );
}
