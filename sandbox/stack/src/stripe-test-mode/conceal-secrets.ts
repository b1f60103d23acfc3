/** Whatever looks like a key or signing secret of Stripe, whoever wrote it into the text. */
const SECRETS = /\b(?:(?:sk|rk|pk)_(?:test|live|org)_|whsec_|uk_|sess_)[A-Za-z0-9_*-]+/g

/** A text for logs and messages: every key and signing secret of Stripe in it is replaced by its kind. */
export function concealSecrets(text: string): string {
  return text.replaceAll(
    SECRETS,
    (secret) => `${/^(?:[a-z]+_(?:test|live|org)|[a-z]+)_/.exec(secret)?.[0] ?? ''}…`,
  )
}
