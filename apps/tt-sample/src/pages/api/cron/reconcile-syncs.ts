export {reconcileRoute as default} from '../../../cross-app'
