-- What support's pages look for: syncs by state, course or address in the order of their last change, and everything
-- that was written down about one person. The index on `status` alone is the beginning of the new one.

ALTER TABLE `CrossAppSync`
  ADD KEY `CrossAppSync_status_updatedAt_idx` (`status`, `updatedAt`),
  ADD KEY `CrossAppSync_targetProductId_updatedAt_idx` (`targetProductId`, `updatedAt`),
  ADD KEY `CrossAppSync_reason_updatedAt_idx` (`reason`, `updatedAt`),
  ADD KEY `CrossAppSync_mirrorStatus_updatedAt_idx` (`mirrorStatus`, `updatedAt`),
  ADD KEY `CrossAppSync_ownerEmail_idx` (`ownerEmail`),
  DROP KEY `CrossAppSync_status_idx`;

ALTER TABLE `AuditEvent`
  ADD KEY `AuditEvent_subject_at_idx` (`subject`, `at`);
