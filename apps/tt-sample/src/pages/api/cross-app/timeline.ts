export {timelineRoute as default} from '../../../cross-app'
