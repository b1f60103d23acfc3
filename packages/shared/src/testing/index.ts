export { signEvent as signedEvent } from '../bridge/create-bridge'
