var siteInfo = {siteGuid: 'aaaabbbb-1111-2222-3333-444455556666', projectName: 'EWB-PRO'};
