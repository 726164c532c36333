export const kindNames: Record<string, string> = {
  fault: '报修',
  installation: '装机',
  complaint: '投诉',
};

export const statusNames: Record<string, string> = {
  registered: '已登记',
  assigned: '已派单',
  'in-progress': '处理中',
  resolved: '等客户确认',
  closed: '已完成',
  cancelled: '已取消',
};
