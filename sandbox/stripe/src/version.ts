/** The API version the sandbox speaks: the one that stripe-node 23.1 sends. */
export const API_VERSION = '2026-10-28.endive'
