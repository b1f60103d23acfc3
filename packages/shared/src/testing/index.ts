export { signEvent as signedEvent } from '../bridge/create-bridge'
export { type LinkStoreBench, type LinkStorePromise, linkStoreContract } from './link-store-contract'
